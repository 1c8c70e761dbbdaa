import { CompactSign, compactVerify } from 'jose';
import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';
import type { Permission } from '../session/roles.ts';
import { can, isWritable, permissionSchema, permissionTableSchema, roleSchema, sessionStatusSchema } from '../session/roles.ts';
import { participantStatusSchema } from '../session/schemas.ts';
import { entryKinds, type EntryKind } from './entry.ts';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** What the authority states about a session: who takes part with which device and role. ledger.md, Statement. */
export const statementClaimsSchema = z.strictObject({
  session_id: uuidSchema,
  generation: z.int().positive(),
  /** Grows by one with each change. */
  epoch: z.int().positive(),
  status: sessionStatusSchema,
  /** Ended or archived by cleanup, not by a person: writing is permitted as when active. */
  dormant: z.boolean(),
  permissions: permissionTableSchema,
  participants: z
    .array(
      z.strictObject({
        user_id: uuidSchema,
        name: z.string(),
        color: z.string(),
        role: roleSchema.nullable(),
        status: participantStatusSchema,
      }),
    )
    .max(10_000),
  devices: z
    .array(
      z.strictObject({
        device_id: hex(16),
        public_key: hex(32),
        user_id: uuidSchema,
        /** Null when it is revoked, suspended, or its user is gone. */
        role: roleSchema.nullable(),
        /** Every permission it ever had: only grows. R-MEM-1. */
        had: z.array(permissionSchema),
        barred: z.boolean(),
      }),
    )
    .max(10_000),
  /** Seconds since 1970. */
  iat: z.int().nonnegative(),
  exp: z.int().nonnegative(),
});
export type StatementClaims = z.infer<typeof statementClaimsSchema>;
export type StatementDevice = StatementClaims['devices'][number];

/** A statement with the signed text that proves it. */
export interface Statement {
  readonly claims: StatementClaims;
  /** Compact JWS. */
  readonly jws: string;
}

/** Signs the claims as compact JWS (EdDSA, RFC 8037) with the authority's key. */
export async function signStatement(claims: StatementClaims, privateKey: CryptoKey): Promise<Statement> {
  const payload = new TextEncoder().encode(JSON.stringify(statementClaimsSchema.parse(claims)));
  const jws = await new CompactSign(payload).setProtectedHeader({ alg: 'EdDSA', typ: 'chordme-statement+jws' }).sign(privateKey);
  return { claims, jws };
}

/** The statement of a compact JWS, or null when its signature, form or session is wrong. */
export async function verifyStatement(jws: string, publicKey: CryptoKey, sessionId: string): Promise<Statement | null> {
  try {
    const { payload, protectedHeader } = await compactVerify(jws, publicKey, { algorithms: ['EdDSA'] });
    if (protectedHeader.typ !== 'chordme-statement+jws') return null;
    const claims = statementClaimsSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)));
    return claims.session_id === sessionId ? { claims, jws } : null;
  } catch {
    return null;
  }
}

/** Whether `a` replaces `b`: the highest (generation, epoch, iat) wins. R-MEM-2, R-MEM-4. */
export function isNewer(a: StatementClaims, b: StatementClaims | null): boolean {
  if (b === null) return true;
  // Deleted is final. R-MEM-4.
  if (b.status === 'deleted' && a.status !== 'deleted') return false;
  if (a.generation !== b.generation) return a.generation > b.generation;
  if (a.epoch !== b.epoch) return a.epoch > b.epoch;
  return a.iat > b.iat;
}

/** The permission that each kind of entry needs. Attested entries are the authority's own: none. */
export const permissionOfKind: Record<EntryKind, Permission | null> = {
  [entryKinds.songUpdate]: 'edit',
  [entryKinds.songSet]: 'edit',
  [entryKinds.comment]: 'comment',
  [entryKinds.chat]: 'chat',
  [entryKinds.marker]: 'record',
  [entryKinds.attested]: null,
};

/** Whether the device may do this now: its present role by the session's table, and the session's status. */
export function mayNow(claims: StatementClaims, device: StatementDevice, permission: Permission): boolean {
  if (!can(permission, device.role, claims.permissions)) return false;
  if (permission === 'read') return claims.status !== 'deleted';
  return !device.barred && isWritable(claims.status, device.role, claims.dormant);
}

/** Whether a device may have a link now: it may read, and the statement is no older than links are made on. R-MEM-2. */
export function isReader(statement: Statement | null, device: StatementDevice | undefined, nowMs: number): boolean {
  return statement !== null && device !== undefined && statement.claims.exp * 1_000 > nowMs && mayNow(statement.claims, device, 'read');
}
