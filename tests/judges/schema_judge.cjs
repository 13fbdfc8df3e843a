// Says of documents what a JSON schema validator finds wrong with them.
// usage: node schema_judge.cjs TOOLS INPUT: {"schemas": {name: schema}, "documents": [{"schema": name, "document": …}]}
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const [tools, input] = process.argv.slice(2);
const from = (name) => require(join(tools, "node_modules", name));
const Ajv = from("ajv").default;
const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false });
from("ajv-formats").default(ajv);
const { schemas, documents } = JSON.parse(readFileSync(input, "utf8"));
const validators = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]));
const verdicts = documents.map(({ schema, document }) => (validators[schema](document) ? [] : validators[schema].errors));
console.log(JSON.stringify(verdicts));
