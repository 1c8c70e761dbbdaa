/**
 * The heads of the published lists of leaked passwords, lower case; ends of digits and signs are cut before the look-up,
 * so that each row stands for a family. All shorter than ten letters matter only with such an end.
 */
const rows = `
000000 111111 1234567890 12345678910 0123456789 9876543210 0987654321 1122334455 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc
qazwsxedc q1w2e3r4t5 qwerty qwertyui qwertyuiop qwertyuiop[] qwertz qwertzuiop azerty azertyuiop asdfghjkl asdfghjklö
zxcvbnm qweasdzxc qweasd asdf asdfasdf asdfghjk yxcvbnm abcdefghij abcdefghijk abcdefg abcd abc abc123abc123 aa12345678
password passwort passw0rd p@ssw0rd p@ssword pa$$word password1234 passwordpassword mypassword changeme changemenow
letmein letmeinnow welcome welcome1 welcomehome admin administrator adminadmin root toor guest test testtest testing
testpassword default secret topsecret supersecret login loginlogin access master superman batman spiderman starwars
iloveyou iloveyou1 iloveyousomuch ilovemyself loveyou lovelove loveme sunshine princess princesa dragon monkey shadow
football baseball basketball soccer hockey liverpool chelsea arsenal barcelona realmadrid juventus michael jennifer
jordan ashley charlie daniel jessica thomas andrew anthony robert matthew joshua hannah nicole elizabeth alexander
computer internet samsung iphone google facebook instagram whatever trustno mustang corvette ferrari mercedes porsche
hunter ranger killer ginger pepper cookie chocolate butterfly flower summer winter spring autumn january february
september october november december monday friday sunday america london berlin paris newyork california australia
freedom forever blessed jesus jesuschrist god angel heaven music musician guitar guitarist drummer pianist bassist
rockandroll rocknroll metallica nirvana beatles thebeatles pinkfloyd ledzeppelin acdc slipknot eminem bandpractice
rehearsal chordme chordpro songbook hallotest hallohallo schatz geheim sommer correcthorsebatterystaple
`;

export const commonPasswords: ReadonlySet<string> = new Set(rows.split(/\s+/).filter((row) => row !== ''));
