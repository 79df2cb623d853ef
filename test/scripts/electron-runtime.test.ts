import { describe, expect, test } from 'vitest';
import { electronSwitches } from '../../scripts/setup/electron-program.mjs';
import {
  executableWithin,
  hasRegistryRuntime,
  nextStep,
  nodeApiOfElectron,
} from '../../scripts/setup/electron-runtime.mjs';

describe('choosing the Electron runtime', () => {
  const now = new Date('2026-03-10T12:00:00Z');
  const facts = {
    officialIsCached: false,
    registryIsCached: false,
    hasRegistryRuntime: true,
    remembered: undefined,
    now,
  };
  const chosenRegistry = (decidedAt: string) => ({
    source: 'registry' as const,
    electronVersion: '45.4.1',
    decidedAt,
  });

  test('tries the official release first', () => {
    expect(nextStep(facts)).toBe('try-official');
  });

  test('uses the official one from the cache whatever was decided before', () => {
    const remembered = chosenRegistry('2026-03-10T11:00:00Z');
    expect(nextStep({ ...facts, officialIsCached: true, registryIsCached: true, remembered })).toBe('official');
  });

  test('stays with the registry runtime for some days without asking the network', () => {
    const remembered = chosenRegistry('2026-03-08T12:00:00Z');
    expect(nextStep({ ...facts, registryIsCached: true, remembered })).toBe('registry');
  });

  test('tries the official one again after a week', () => {
    const remembered = chosenRegistry('2026-03-01T12:00:00Z');
    expect(nextStep({ ...facts, registryIsCached: true, remembered })).toBe('try-official');
  });

  test('decides again if the cached runtime is gone', () => {
    const remembered = chosenRegistry('2026-03-10T11:00:00Z');
    expect(nextStep({ ...facts, remembered })).toBe('try-official');
  });

  test('offers the registry runtime on Linux x64 only', () => {
    expect(hasRegistryRuntime('linux', 'x64')).toBe(true);
    expect(hasRegistryRuntime('linux', 'arm64')).toBe(false);
    expect(hasRegistryRuntime('darwin', 'x64')).toBe(false);
    expect(hasRegistryRuntime('win32', 'x64')).toBe(false);
  });
});

test.each([
  ['33.2.1', 9],
  ['35.0.0', 10],
  ['45.4.1', 10],
])('Electron %s has Node-API %i', (version, nodeApi) => {
  expect(nodeApiOfElectron(version)).toBe(nodeApi);
});

test('the executable is where each platform has it', () => {
  expect(executableWithin('linux')).toBe('electron');
  expect(executableWithin('win32')).toBe('electron.exe');
  expect(executableWithin('darwin')).toBe('Electron.app/Contents/MacOS/Electron');
});

describe('switches for Electron', () => {
  test('only root runs without the sandbox', () => {
    expect(electronSwitches(0, { DISPLAY: ':0' })).toEqual(['--no-sandbox']);
    expect(electronSwitches(1000, { DISPLAY: ':0' })).toEqual([]);
  });

  test('Chromium is told about a Wayland-only desktop', () => {
    expect(electronSwitches(1000, { WAYLAND_DISPLAY: 'wayland-0' })).toEqual(['--ozone-platform-hint=auto']);
  });
});
