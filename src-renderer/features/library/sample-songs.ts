const sources = import.meta.glob('../../../assets/songs/*.cho', { query: '?raw', import: 'default' });

/** The songs that come with the program, as files. */
export async function sampleSongs(): Promise<File[]> {
  const songs = Object.entries(sources).map(async ([path, read]) => {
    const text = await read();
    if (typeof text !== 'string') throw new TypeError('a sample song is no text');
    return new File([text], path.slice(path.lastIndexOf('/') + 1));
  });
  return Promise.all(songs);
}
