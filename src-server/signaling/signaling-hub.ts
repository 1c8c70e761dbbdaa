import type { ServerFrame } from './frames.ts';
import { topicOf } from './frames.ts';

/** One authenticated socket as the hub sees it. */
export interface Member {
  readonly userId: string;
  readonly deviceId: string;
  readonly topics: Set<string>;
  send(frame: ServerFrame): void;
  end(): void;
}

export interface SignalingHub {
  add(member: Member): void;
  remove(member: Member): void;
  /** How many sockets there are. */
  size(): number;
  /** How many sockets the user has. */
  socketsOf(userId: string): number;
  subscribe(member: Member, topic: string): void;
  unsubscribe(member: Member, topic: string): void;
  othersIn(topic: string, member: Member): Member[];
  /** Whoever may no longer read the session hears nothing more of it. */
  statementChanged(sessionId: string): void;
  closeDevice(deviceId: string): void;
}

/** Who listens to which topic. `mayRead` is asked of the database, when a topic is entered and when a statement changes. */
export function createSignalingHub(mayRead: (sessionId: string, userId: string) => boolean): SignalingHub {
  const members = new Set<Member>();
  const topics = new Map<string, Set<Member>>();

  function unsubscribe(member: Member, topic: string): void {
    member.topics.delete(topic);
    const listeners = topics.get(topic);
    listeners?.delete(member);
    if (listeners?.size === 0) topics.delete(topic);
  }

  return {
    size: () => members.size,
    add: (member) => void members.add(member),
    remove(member) {
      for (const topic of member.topics) unsubscribe(member, topic);
      members.delete(member);
    },
    socketsOf: (userId) => [...members].filter((member) => member.userId === userId).length,
    subscribe(member, topic) {
      const listeners = topics.get(topic) ?? new Set();
      topics.set(topic, listeners.add(member));
      member.topics.add(topic);
    },
    unsubscribe,
    othersIn: (topic, member) => [...(topics.get(topic) ?? [])].filter((other) => other !== member),
    statementChanged(sessionId) {
      const topic = topicOf(sessionId);
      for (const member of topics.get(topic) ?? []) {
        if (mayRead(sessionId, member.userId)) continue;
        unsubscribe(member, topic);
        member.send({ type: 'refused', topic, code: 'not-found' });
      }
    },
    closeDevice(deviceId) {
      for (const member of members) if (member.deviceId === deviceId) member.end();
    },
  };
}
