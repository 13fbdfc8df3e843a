//! How the databases are opened.

use rusqlite::config::DbConfig;
use rusqlite::{Connection, Result};

/// Statements that are kept: about as many as publishing an article asks.
const STATEMENTS: usize = 64;

/// A connection on which a statement is prepared once, however often it is asked. Without the "query planner stability
/// guarantee" `SQLite` prepares one with `LIMIT ?` again for each value (`sqlite3ExprIsInteger`), which took a sixth of the
/// time of publishing a site.
pub(super) fn prepared_once(db: Connection) -> Result<Connection> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(db)
}

#[cfg(test)]
mod tests {
    use rusqlite::{Connection, StatementStatus};

    use super::prepared_once;

    #[test]
    fn a_limit_that_changes_prepares_nothing_again() {
        let db = prepared_once(Connection::open_in_memory().unwrap()).unwrap();
        db.execute_batch("CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2), (3);")
            .unwrap();
        let mut query = db.prepare_cached("SELECT a FROM t ORDER BY a LIMIT ?1").unwrap();
        for limit in [1, 3, 2] {
            let rows: Vec<i64> =
                query.query_map([limit], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
            assert_eq!(i64::try_from(rows.len()), Ok(limit));
        }
        assert_eq!(query.get_status(StatementStatus::RePrepare), 0);
    }
}
