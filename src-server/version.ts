import packageJson from '../package.json' with { type: 'json' };

/** As in package.json; told to clients and in the API's document. */
export const version: string = packageJson.version;
