import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { en } from '../text/en.ts';
import { spanUnits, type Span } from './time-span.ts';
import './ui.css';

interface SpanFieldProps {
  label: string;
  hint?: string;
  span: Span;
  error?: string | boolean | undefined;
  onChange: (span: Span) => void;
}

/** A number and its unit of time. */
export function SpanField({ label, hint, span, error, onChange }: SpanFieldProps): ReactElement {
  return (
    <div className="span-field">
      <TextInput
        className="cm-grow"
        label={label}
        description={hint}
        value={span.count}
        maxLength={6}
        inputMode="numeric"
        onChange={(event) => onChange({ ...span, count: event.currentTarget.value })}
        error={error}
      />
      <NativeSelect
        aria-label={en.time.unitOf(label)}
        value={span.unit}
        onChange={({ currentTarget: { value } }) => onChange({ ...span, unit: spanUnits.find((unit) => unit === value) ?? span.unit })}
        data={spanUnits.map((unit) => ({ value: unit, label: en.time.units[unit] }))}
      />
    </div>
  );
}
