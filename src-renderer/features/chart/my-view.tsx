import { ActionIcon, Button, Checkbox, Group, NativeSelect, Popover, Stack, Text } from '@mantine/core';
import { Minus, Plus, SlidersHorizontal } from 'lucide-react';
import type { ReactElement } from 'react';
import { chartText, chordsShownNames, describeView, diagramNames, notationNames, themeNames } from './chart-text.ts';
import { defaultViewSettings, isOwnView, type ViewSettings } from './view-settings.ts';

export interface MyViewProps {
  settings: ViewSettings;
  onChange: (change: Partial<ViewSettings>) => void;
}

interface StepProps {
  label: string;
  value: string;
  down: { label: string; run: () => void; isPossible: boolean };
  up: { label: string; run: () => void; isPossible: boolean };
}

function Step({ label, value, down, up }: StepProps): ReactElement {
  return (
    <fieldset className="chart-step" aria-label={label}>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <Group gap={4} wrap="nowrap">
        <ActionIcon variant="default" size={36} aria-label={down.label} disabled={!down.isPossible} onClick={down.run}>
          <Minus size={16} />
        </ActionIcon>
        <Text size="sm" w={84} ta="center" aria-live="polite">
          {value}
        </Text>
        <ActionIcon variant="default" size={36} aria-label={up.label} disabled={!up.isPossible} onClick={up.run}>
          <Plus size={16} />
        </ActionIcon>
      </Group>
    </fieldset>
  );
}

interface Option<T> {
  value: T;
  label: string;
}

function Choice<T extends string>(props: { label: string; value: T; data: Option<T>[]; onPick: (value: T) => void }): ReactElement {
  const { data } = props;
  return (
    <NativeSelect
      label={props.label}
      data={data}
      value={props.value}
      onChange={(event) => {
        const picked = data.find(({ value }) => value === event.currentTarget.value);
        if (picked !== undefined) props.onPick(picked.value);
      }}
    />
  );
}

function optionsOf<T extends string>(names: Record<T, string>): Option<T>[] {
  return (Object.keys(names) as T[]).map((value) => ({ value, label: names[value] }));
}

const frets = Array.from({ length: 12 }, (_, fret) => fret);
const capoOptions: Option<string>[] = [
  { value: '', label: chartText.capoOfSong },
  ...frets.map((fret) => ({ value: String(fret), label: fret === 0 ? chartText.noCapo : chartText.capo(fret) })),
];
const columnOptions: Option<string>[] = [
  { value: '0', label: chartText.columnsOfSong },
  ...['1', '2', '3', '4'].map((value) => ({ value, label: value })),
];

function transposeWords(semitones: number): string {
  if (semitones === 0) return chartText.asShared;
  return semitones > 0 ? chartText.up(semitones) : chartText.down(-semitones);
}

/** Everything a person may change for their own eyes. Marked on the chart when it differs from what the others see. */
export function MyView({ settings, onChange }: MyViewProps): ReactElement {
  const mark = describeView(settings);
  const { transpose, size } = settings;
  return (
    <Popover position="bottom-end" shadow="md" width={320} trapFocus transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <Button
          variant={mark === null ? 'default' : 'light'}
          size="compact-md"
          leftSection={<SlidersHorizontal size={16} aria-hidden />}
          className="chart-my-view"
          {...(mark === null ? {} : { title: mark })}
        >
          {mark === null ? chartText.myView : `${chartText.myView}: ${mark}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={chartText.myView}>
        <Stack gap="sm">
          <p className="chart-quiet">{chartText.onlyYou}</p>
          <Step
            label={chartText.transpose}
            value={transposeWords(transpose)}
            down={{ label: chartText.transposeDown, isPossible: transpose > -11, run: () => onChange({ transpose: transpose - 1 }) }}
            up={{ label: chartText.transposeUp, isPossible: transpose < 11, run: () => onChange({ transpose: transpose + 1 }) }}
          />
          <Step
            label={chartText.size}
            value={`${size} px`}
            down={{ label: chartText.smaller, isPossible: size > 10, run: () => onChange({ size: Math.max(10, size - 2) }) }}
            up={{ label: chartText.larger, isPossible: size < 48, run: () => onChange({ size: Math.min(48, size + 2) }) }}
          />
          <Choice
            label={chartText.capoLabel}
            value={settings.capo === null ? '' : String(settings.capo)}
            data={capoOptions}
            onPick={(value) => onChange({ capo: value === '' ? null : Number(value) })}
          />
          <Choice
            label={chartText.chordsShown}
            value={settings.chords}
            data={optionsOf(chordsShownNames)}
            onPick={(chords) => onChange({ chords })}
          />
          <Choice
            label={chartText.notation}
            value={settings.notation}
            data={optionsOf(notationNames)}
            onPick={(notation) => onChange({ notation })}
          />
          <Group grow align="flex-end">
            <Choice
              label={chartText.columns}
              value={String(settings.columns)}
              data={columnOptions}
              onPick={(value) => onChange({ columns: Number(value) })}
            />
            <Choice label={chartText.theme} value={settings.theme} data={optionsOf(themeNames)} onPick={(theme) => onChange({ theme })} />
          </Group>
          <Choice
            label={chartText.diagrams}
            value={settings.diagrams}
            data={optionsOf(diagramNames)}
            onPick={(diagrams) => onChange({ diagrams })}
          />
          <Checkbox
            label={chartText.hideChords}
            checked={settings.hide_chords}
            onChange={(event) => onChange({ hide_chords: event.currentTarget.checked })}
          />
          {settings.diagrams !== 'none' && settings.diagrams !== 'piano' && (
            <Checkbox
              label={chartText.leftHanded}
              checked={settings.is_left_handed}
              onChange={(event) => onChange({ is_left_handed: event.currentTarget.checked })}
            />
          )}
          {isOwnView(settings) && (
            <Button
              variant="default"
              onClick={() => {
                const { transpose, capo, notation, chords, hide_chords } = defaultViewSettings;
                onChange({ transpose, capo, notation, chords, hide_chords });
              }}
            >
              {chartText.backToShared}
            </Button>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
