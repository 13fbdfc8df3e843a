// jsonfeed_judge.cjs TOOLS FILE...: holds each file against the JSON Feed 1.1 schema; prints every problem.
const fs = require("fs");
const path = require("path");

const [tools, ...files] = process.argv.slice(2);
const load = (name) => require(path.join(tools, "node_modules", name));
const Ajv = load("ajv");
const ajv = new (Ajv.default || Ajv)({ allErrors: true, strict: false });
const addFormats = load("ajv-formats");
(addFormats.default || addFormats)(ajv);
const valid = ajv.compile(load("jsonfeed-schema/schema-v1.1.json"));

const problems = [];
for (const file of files) {
  const feed = JSON.parse(fs.readFileSync(file, "utf8"));
  if (!valid(feed)) problems.push(...valid.errors.map((e) => `${file}: ${e.instancePath} ${e.message}`));
  const ids = feed.items.map((item) => item.id);
  if (new Set(ids).size !== ids.length) problems.push(`${file}: two items have one id`);
}
console.log(problems.join("\n"));
process.exit(problems.length ? 1 : 0);
