/** Everything that a stranger can push against is bounded here; each number says why it has that value. */
export const limits = {
  /** Closed by then without proof; traffic does not extend it. R-LNK-2. */
  helloDeadlineMs: 5_000,
  /** Closed by then without being listed: time to get the statement, and for a newer one that lists a newcomer to come. R-MEM-3. */
  admissionMs: 3_000,
  /** A link or session socket is asked this often whether it lives, from a worker, since hidden windows are throttled. R-LNK-5. */
  pingEveryMs: 2_000,
  /** Two missed pings and a margin: no ghost stays longer. R-LNK-5, R-MSH-3. */
  deadAfterMs: 5_000,
  /** Heads are exchanged again this often, so that a lost message heals. R-LNK-4. */
  headsEveryMs: 30_000,
  /** A pause in the records after which the order of what was folded before them is looked at. R-DOC-4. */
  orderCheckMs: 5_000,
  /** SCTP implementations interleave badly above this, and y-webrtc dies above 256 KiB. R-LNK-1. */
  chunkBytes: 16 * 1024,
  /** A message put together from chunks. R-LNK-1. */
  messageBytes: 8 * 1024 * 1024,
  /** Above this much unsent in a transport a sender waits for it to drain. R-LNK-1. */
  bufferedBytes: 1024 * 1024,
  /** Above this much waiting for one transport the other side asks without reading: bulk stops long before. R-LNK-1. */
  outboxBytes: 1024 * 1024,
  /** Sockets of one address that have not proved themselves: a hall behind one router comes back at once when the server does. */
  unprovedSocketsPerAddress: 512,
  /** Sixteen devices with a few windows each. */
  ledgerSocketsPerUser: 64,
  /** R-LNK-1. */
  entryBytes: 256 * 1024,
  /** Local edits that follow an entry within this time are merged into the next one. R-LOC-1. */
  mergeWindowMs: 40,
  /** … or earlier, when this much has gathered. R-LOC-1. */
  mergeBytes: 16 * 1024,
  /** Text waits this long for more before it goes to the authority, when everybody there has a link of their own. R-LOC-1. */
  authorityGatherMs: 300,
  /** … or until so many entries wait. R-LOC-1. */
  authorityGatherEntries: 64,
  /** R-ENT-2: without these, 12 KB block a thread for 26 s. */
  updateStructs: 512,
  updateClocks: 65_536,
  updateDeletedRanges: 4_096,
  updateItemsWalked: 20_000,
  /** Entries without their payload, with what follows them, until the records that come behind them: about what goes under one head. */
  reducedBytesPerLink: 8 * 1024 * 1024,
  /** R-LIM-1. */
  heldBytesPerLink: 1024 * 1024,
  heldBytesPerDevice: 4 * 1024 * 1024,
  /** One `records` message; who catches up is sent half as many. */
  recordsPerMessage: 4_096,
  /** Batches of records of one link that overtook their entries: entries come first, so that there are hardly ever any. */
  earlyRecordsPerLink: 8,
  /** Entries asked for by hash at a time: an answer is bounded, who lacks more asks again. */
  hashesPerWant: 1_000,
  /** At least every so many records the authority makes a checkpoint. R-AUT-3. */
  checkpointEvery: 500,
  /** Whoever is this far behind takes a checkpoint instead of records and entries; a band's break is less. R-AUT-3. */
  checkpointLag: 2_000,
  /** A song of 1 MB makes 1 to 3 MB; one frame between window and core holds it. A session above it goes on without. */
  checkpointBytes: 24 * 1024 * 1024,
  /** A checkpoint travels in parts of this size, each asked for. R-AUT-3. */
  checkpointPartBytes: 1024 * 1024,
  pendingStreams: 1_000,
  pendingBytesPerDevice: 64 * 1024 * 1024,
  presentDevicesPerUser: 16,
  /** New ones of one person: all their browsers anew, twice. Each stays in the statements of their sessions for good. R-LIM-1. */
  devicesPerDay: 32,
  /** Who ever took part stays in the statement: forty times the seats of the largest session. R-LIM-1. */
  peoplePerSession: 2_000,
  songsPerSession: 1_000,
  /** Marks of drafts in one call: five times what a device may have void. */
  draftMarks: 10_000,
  /** Of one draft: what several people wrote into one song together, and still one frame between window and core. */
  draftCharacters: 8 * 1024 * 1024,
  /** Messages, comments and marks that do not count, in one call: the longest of all fill half a frame. */
  unsaidWordsPerCall: 1_000,
  /** Keys of one song.set entry. */
  setsPerEntry: 32,
  /** A lamport this far above the highest that counts waits like a missing dependency. */
  lamportAhead: 1_000,
  /** A record is sent only after its entry is on disk; a batch shares one signature and one fsync. */
  recordsPerBatch: 512,
  /** Entries are folded in transactions of at most this many. R-DOC-3: 100,000 take 0.4 s so, 22 s one by one. */
  foldBatch: 500,
  /** Void entries of one device before its streams are closed. R-AUT-2. */
  voidEntriesPerDevice: 2_000,
  voidBytesPerDevice: 1024 * 1024,
  /** One awareness state with name, colour and cursor is under 1 KB. R-MSH-1. */
  awarenessBytes: 4 * 1024,
  awarenessPerSecond: 60,
  /** A chat message: long enough for a verse, short enough for a phone. */
  chatCharacters: 4_000,
  /** A comment, like a message. */
  commentCharacters: 4_000,
  /** The words a comment is about, as they were: enough to find them again by eye. */
  quoteCharacters: 200,
  /** The name of a take or a section. */
  markerCharacters: 200,
  /** Different reactions that one message shows; the first ones count. */
  reactionsPerMessage: 20,
  /** A band with its crew; more is a mailing list. */
  invitationsAtOnce: 50,
  /** Open ones of one session: twice the seats of the largest. */
  openInvitationsPerSession: 100,
  /** Open join links of one session: one each seat. */
  openLinksPerSession: 50,
  /** A teacher's templates of a lifetime. */
  templatesPerUser: 100,
  /** Where an edit stands in a song is looked for among so many pieces of text; above it, it counts for no section. */
  sectionItemsWalked: 2_000,
  /** JSON bodies of REST; a song text of 1 MB with its escapes fits. */
  restBodyBytes: 4 * 1024 * 1024,
  /** An answer of the authority that takes longer is none: the app shows "not reachable" and tries again. */
  restAnswerMs: 15_000,
  /** A day of rehearsal with its breaks. */
  recordingMs: 8 * 60 * 60 * 1_000,
  /** Where people point, compressed: a hundred times what five leave in an hour. */
  recordingBytes: 32 * 1024 * 1024,
  /** One a day for a year and more. */
  recordingsPerSession: 500,
  /** What `kill -9` may lose. */
  recordingChunkMs: 5_000,
  /** What fifty people leave in five seconds when all move; above it a chunk is closed early. */
  recordingChunkEvents: 2_500,
  /** Seeking begins at most this far before. */
  recordingKeyframeMs: 60_000,
  /** Of one person, once in so long. */
  recordingSampleMs: 100,
  /** Everybody has gone home. */
  recordingEmptyMs: 5 * 60 * 1_000,
  /** Who ended a recording does not want it back by itself the same evening. */
  recordingHoldMs: 4 * 60 * 60 * 1_000,
  /** Each a message of the largest size: what an app takes in one answer. */
  recordingEventsPerAnswer: 1_000,
  /** Records of a recording's ledger in one answer… */
  recordingRecordsPerAnswer: 1_000,
  /** … and about as many bytes of entries: as base64 far below what an app takes in one answer. */
  recordingLedgerBytes: 2 * 1024 * 1024,
  /** Parts in which an app fetches and keeps where people pointed: what the largest recording has, many times over. */
  recordingParts: 10_000,
  /** An export as text or base64, within what an app takes in one answer; zip makes a tenth of it. */
  recordingExportBytes: 6 * 1024 * 1024,
  /** Of a person's own pointer track in one session, in the export of everything about them: about 2 MB. */
  recordingEventsOfPerson: 20_000,
  /** A part of that export ends with the session that reaches it: well within what an app takes in one answer. */
  exportPartCharacters: 1024 * 1024,
  /** The longest answer is a page of a hundred sessions, or a song of the largest size. */
  restAnswerBytes: 8 * 1024 * 1024,
  /** One frame between window and core: an import of a thousand files fits. */
  ipcFrameBytes: 32 * 1024 * 1024,
  /** Entries or records in one call: as small as they are, so many are stored before the window waits for the answer. */
  entriesPerCall: 10_000,
  /** Calls of one window that core works on at once; a window that sends more is broken. */
  ipcCallsAtOnce: 1_000,
  /** A song source in the library or at the creation of a session. */
  songCharacters: 2 * 1024 * 1024,
  /** What of a song's past the library keeps: two a week for two years … */
  songVersions: 200,
  /** … and, of the longest songs, as much as goes into one frame between window and core. */
  songVersionCharacters: 4 * 1024 * 1024,
  /** Chords of one line; what follows is shown as words. A line of music has some dozens: this bounds what a hostile text costs. */
  bracketsPerLine: 2_000,
  /** Directives of one line: one is right, two are a habit of some; more is no song. */
  directivesPerLine: 50,
  /** Lines that get a syntax tree and a chart: a hundred times the longest ballad. What follows is kept as text and not read. */
  linesPerSong: 100_000,
  /** Songs that one file with {new_song} becomes: a thick songbook. A file of more is kept as it is. */
  songsPerFile: 2_000,
  /** Diagnostics of one song: beyond this the text is no song, and a list would only cost. */
  diagnosticsPerSong: 500,
  /** What `%{…}` may put into one song: a long title named on each line would grow with the square of the text. */
  substitutedCharacters: 1_000_000,
  /** One word or two: a shelf of the songbook, not a remark. */
  tagCharacters: 50,
  /** Of one song; more say nothing. */
  tagsPerSong: 50,
  /** Setlists of the library: one a week for two decades. */
  setlists: 1_000,
  /** Songs that a search shows: who has not found it among these types another word. */
  foundSongs: 100,
  /** What one can hold in mind, and a menu shows without scrolling. */
  recentSongs: 10,
  /** What waits for a server that is out of reach: nobody does more by hand in weeks. */
  outboxItems: 1_000,
  /** Why a page stopped: a message with its stack. */
  problemCharacters: 4_000,
  /** A log file that tells weeks of trouble; as much again is kept of what came before. */
  logBytes: 512 * 1024,
  /** Of the log, what goes into a report: it is pasted into a mail. */
  reportLogCharacters: 20_000,
  /** Files opened from outside at once: a songbook, not a disk. */
  openedFiles: 200,
  /** Signaling: SDP offers are below 10 KB. R-MSH-2. */
  signalingFrameBytes: 64 * 1024,
  signalingTopicsPerSocket: 32,
  signalingMessagesPerSecond: 100,
  /** Sixteen devices with a few windows each. */
  signalingSocketsPerUser: 64,
  /** `/api/v1/events`: a proxy drops a silent connection after a minute; two missed ones are the end. */
  eventsPingEveryMs: 20_000,
  /** Each window of sixteen devices, and some that were not closed well. */
  eventSocketsPerUser: 32,
  /** A client says who it is, and again every quarter of an hour. */
  eventFramesPerSecond: 10,
  /** What an app takes in one frame: a session and its participants are some 20 KB, with many who are banned more. */
  eventFrameBytes: 1024 * 1024,
  /** What an app that slept may resume from: the changes of a busy day of a large server; about 1 MB. */
  changesKept: 10_000,
  /** Relayed sessions at once: some bands in one building. R-MSH-5. */
  relayRooms: 32,
  /** Two of each window, one for signals and one for links. */
  relaySockets: 512,
  relaySocketsPerDevice: 16,
  /** Apps that say they host nearby: more than are in a house; a flood of forged ones shows no more. */
  nearbyServers: 32,
  /** Connections from others to an app that hosts: a band with all its windows, many times over. */
  hostedConnections: 1_024,
  /** Mails under way to the SMTP server: a band's invitations of one evening; beyond, something is wrong. */
  mailsAtOnce: 100,
} as const;
