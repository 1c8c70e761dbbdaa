import { HandMetal, Heart, Laugh, Music, PartyPopper, ThumbsUp, type LucideIcon } from 'lucide-react';
import { en } from '../../text/en.ts';

interface KnownReaction {
  /** As it is written for everybody. */
  emoji: string;
  words: string;
  /** Drawn by ourselves: not every computer has a font with these signs. */
  Icon: LucideIcon;
}

/** Those that are offered; others are shown as they came. */
export const reactions: readonly KnownReaction[] = [
  { emoji: '👍', words: en.chat.reactions.good, Icon: ThumbsUp },
  { emoji: '❤️', words: en.chat.reactions.love, Icon: Heart },
  { emoji: '🎵', words: en.chat.reactions.music, Icon: Music },
  { emoji: '🤘', words: en.chat.reactions.rock, Icon: HandMetal },
  { emoji: '😂', words: en.chat.reactions.laugh, Icon: Laugh },
  { emoji: '🎉', words: en.chat.reactions.party, Icon: PartyPopper },
];
