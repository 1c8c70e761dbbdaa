import { Button } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Fault } from '../../shared/base/errors.ts';
import { en } from '../text/en.ts';
import { faultWords } from '../text/fault-words.ts';
import './ui.css';

interface FaultNoticeProps {
  fault: Fault;
  onRetry?: () => void;
}

/** What happened, what it means, what to do; the code small for whoever helps. */
export function FaultNotice({ fault, onRetry }: FaultNoticeProps): ReactElement {
  const words = faultWords[fault.code];
  return (
    <div className="fault-notice" role="alert">
      <TriangleAlert size={18} aria-hidden="true" className="fault-notice-icon" />
      <div className="cm-grow">
        <p className="fault-notice-what">{words.what}</p>
        <p>{words.means}</p>
        {fault.errors.length > 0 && (
          <ul className="fault-notice-fields">
            {fault.errors.map((error) => (
              <li key={`${error.path} ${error.message}`}>{error.path === '' ? error.message : `${error.path}: ${error.message}`}</li>
            ))}
          </ul>
        )}
        <p className="cm-code">{fault.code}</p>
      </div>
      {onRetry !== undefined && (
        <Button variant="default" size="xs" onClick={onRetry}>
          {en.app.tryAgain}
        </Button>
      )}
    </div>
  );
}
