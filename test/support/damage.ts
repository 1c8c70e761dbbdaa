import { closeSync, openSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';

interface Page {
  pageno: number;
  ncell: number;
}

/** Leaf pages of a table in the order of its rows; the database is closed. */
export function leafPages(file: string, table: string): Page[] {
  const db = new Database(file);
  const pages = db
    .prepare<[string], Page>("SELECT pageno, ncell FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path")
    .all(table);
  db.close();
  return pages;
}

/** What a bad sector leaves: a page of noise in the middle of the file. */
export function overwritePage(file: string, pageno: number, pageSize = 4_096): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(pageSize, 0xa5), 0, pageSize, (pageno - 1) * pageSize);
  closeSync(handle);
}
