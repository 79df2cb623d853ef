import { useEffect, useState } from 'react';

/** Pixels of the screen a CSS pixel; it changes as a window goes to another screen, or is zoomed. */
export function usePixelRatio(): number {
  const [ratio, setRatio] = useState(() => devicePixelRatio);
  useEffect(() => {
    const query = matchMedia(`(resolution: ${ratio}dppx)`);
    const look = () => setRatio(devicePixelRatio);
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, [ratio]);
  return ratio;
}
