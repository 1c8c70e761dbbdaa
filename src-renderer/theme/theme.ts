import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

/** Shade 7 is the accent on paper, shade 4 the one on dark. */
const amber: MantineColorsTuple = [
  '#fff7e8',
  '#fdecd0',
  '#fbe3c0',
  '#fdcd86',
  '#ffb84d',
  '#f0a02f',
  '#d9780f',
  '#b45309',
  '#92400e',
  '#78350f',
];
const paper: MantineColorsTuple = [
  '#fbf9f6',
  '#f6f1ea',
  '#ece5da',
  '#e2d9cd',
  '#cfc4b5',
  '#a99d8d',
  '#7a6f63',
  '#6b6257',
  '#4a4238',
  '#1f1b16',
];
const night: MantineColorsTuple = [
  '#f0ebe4',
  '#cfc6bb',
  '#a79d91',
  '#8d8478',
  '#3a352f',
  '#2c2824',
  '#211e1b',
  '#171513',
  '#110f0e',
  '#0b0b0c',
];

const systemFont = "system-ui, -apple-system, 'Segoe UI', 'Inter', sans-serif";

/** The accent is dark on paper and light at night: what stands on it follows the scheme, which Mantine decides once for both. */
const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const isAccent = input.color === undefined || input.color === 'amber';
  return input.variant === 'filled' && isAccent ? { ...colors, color: 'var(--mantine-primary-color-contrast)' } : colors;
};

export const theme = createTheme({
  variantColorResolver: variantColors,
  primaryColor: 'amber',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.4,
  white: '#fffdfa',
  black: '#1f1b16',
  colors: { amber, gray: paper, dark: night },
  fontFamily: systemFont,
  fontFamilyMonospace: "'JetBrains Mono', ui-monospace, monospace",
  headings: { fontFamily: systemFont, fontWeight: '650' },
  defaultRadius: 6,
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Modal: {
      styles: { title: { fontSize: 18, fontWeight: 650 } },
      defaultProps: { transitionProps: { duration: 120 }, overlayProps: { backgroundOpacity: 0.4 }, centered: true },
    },
    Popover: { defaultProps: { transitionProps: { duration: 100 } } },
    Tooltip: { defaultProps: { transitionProps: { duration: 100 }, openDelay: 400 } },
  },
});

/** Mantine's dimmed and placeholder greys miss AA on warm paper. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-primary-color-contrast': '#fffdfa',
    '--mantine-color-dimmed': '#6b6257',
    '--mantine-color-placeholder': '#776c60',
    '--mantine-color-error': '#b42318',
    '--mantine-color-default-border': '#d9cfc1',
  },
  dark: {
    '--mantine-primary-color-contrast': '#1c1206',
    '--mantine-color-dimmed': '#a79d91',
    '--mantine-color-placeholder': '#968c80',
    '--mantine-color-error': '#ff8a7a',
    '--mantine-color-default-border': '#3a352f',
  },
});
