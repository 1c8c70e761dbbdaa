import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { call } from './call.ts';
import { nearbyServerSchema } from './nearby.ts';

/** A network that this computer is in, by its address there. */
const networkSchema = z.strictObject({
  interface: z.string(),
  address: z.union([z.ipv4(), z.ipv6()]),
  /** `inside`: of a house; `cable`: two computers without a router; `public`: the internet may reach it. */
  kind: z.enum(['inside', 'cable', 'public']),
});
export type Network = z.infer<typeof networkSchema>;

/** Whether others reach the authority of this app, where, and who does. */
export const hostingStateSchema = z.strictObject({
  /** The likeliest first. */
  networks: z.array(networkSchema),
  /** The one address that was chosen, remembered between starts; null: nobody but this computer reaches it. */
  address: networkSchema.shape.address.nullable(),
  /** Others reach it there now. */
  at: z
    .strictObject({
      url: z.url(),
      /** JWK thumbprint of the key that it has. */
      key: z.string(),
    })
    .nullable(),
  /** Why it is not there though an address was chosen. */
  problem: z.enum(['address-gone', 'port-taken', 'not-permitted']).nullable(),
  /** Who is signed in from elsewhere and has an app that listens. */
  people: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  /** Computers with an open connection, by their addresses: who meets here while their own server is away is nobody here. */
  computer_count: z.int().nonnegative(),
});
export type HostingState = z.infer<typeof hostingStateSchema>;

const nothing = z.strictObject({});
const relayStateSchema = z.strictObject({
  url: z.string().nullable(),
  /** Address of this app's own, on this computer; null: others do not reach it. */
  hosted_url: z.string().nullable(),
});

export const hostingCalls = {
  /** Where the band meets while its server is out of reach. R-MSH-5. */
  'relay.state': call(nothing, relayStateSchema),
  /** Another app or server that passes signals and links on; null: none. */
  'relay.use': call(
    z.strictObject({
      url: z
        .url({ protocol: /^https?$/ })
        .max(500)
        .nullable(),
    }),
    relayStateSchema,
  ),
  'hosting.state': call(nothing, hostingStateSchema),
  /**
   * Others in the same network reach the authority of this very app at one of its addresses, beside whichever server it uses
   * itself; null: no longer. Faults: unavailable, unprocessable.
   */
  'hosting.choose': call(z.strictObject({ address: networkSchema.shape.address.nullable() }), hostingStateSchema),
  /** Apps that say they host nearby. The network is listened to for ten seconds after each call: a list that is in sight calls again. */
  'nearby.look': call(
    nothing,
    z.strictObject({ servers: z.array(nearbyServerSchema).max(limits.nearbyServers), is_possible: z.boolean() }),
  ),
} as const;

export const hostingEvents = { 'hosting.changed': hostingStateSchema, 'relay.changed': relayStateSchema } as const;
