import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from './button.tsx';
import { copyText } from './copy-text.ts';

interface CopyButtonProps {
  /** Called when pressed, so that long texts are built only when needed. */
  readonly text: () => string;
  readonly label?: string | undefined;
}

/** Copies a text and confirms it for two seconds. */
export function CopyButton({ text, label = 'Copy' }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <IconButton
      label={copied ? 'Copied' : label}
      icon={copied ? <Check /> : <Copy />}
      size="small"
      onClick={() => setCopied(copyText(text()))}
    />
  );
}
