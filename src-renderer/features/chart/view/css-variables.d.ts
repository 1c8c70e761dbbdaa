import 'react';

declare module 'react' {
  interface CSSProperties {
    [variable: `--chart-${string}`]: string | number | undefined;
  }
}
