/** The only two channels: a call with its answer, and core's events. */
export const invokeChannel = 'chordme:invoke';
export const eventChannel = 'chordme:event';
