import { describe, expect, test } from 'vitest';
import { hasDisplay, withDisplay } from '../../scripts/setup/display.mjs';
import { cacheFolder } from '../../scripts/setup/paths.mjs';
import { exitCode } from '../../scripts/setup/processes.mjs';
import { isWindowless } from '../../scripts/setup/start-arguments.mjs';

describe('arguments of npm start', () => {
  test.each([
    [['batch', 'docs']],
    [['history', '--json']],
    [['--data-dir', '/tmp/data', 'batch', 'docs']],
    [['--data-dir=/tmp/data', 'history']],
    [['--help']],
    [['batch', '--help']],
    [['-h']],
    [['histroy']],
    [['docs', 'batch']],
  ])('%j needs no window', (args) => {
    expect(isWindowless(args)).toBe(true);
  });

  test.each([[[]], [['--data-dir', '/tmp/data']], [['--data-dir', 'batch']]])('%j opens the window', (args) => {
    expect(isWindowless(args)).toBe(false);
  });
});

describe('the display', () => {
  test('is there with X, with Wayland, and on other systems', () => {
    expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
    expect(hasDisplay('darwin', {})).toBe(true);
    expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false);
  });

  test('is a virtual one for tests if there is none', () => {
    const program = { command: 'node', args: ['run'] };
    expect(withDisplay(program, { hasOne: true })).toBe(program);
    const { command, args } = withDisplay(program, { hasOne: false });
    expect(command).toBe('xvfb-run');
    expect(args.slice(-2)).toEqual(['node', 'run']);
  });
});

describe('the cache folder', () => {
  test('is where each platform keeps caches', () => {
    expect(cacheFolder('linux', {}, '/home/a')).toBe('/home/a/.cache/docket');
    expect(cacheFolder('linux', { XDG_CACHE_HOME: '/var/cache/a' }, '/home/a')).toBe('/var/cache/a/docket');
    expect(cacheFolder('darwin', {}, '/Users/a')).toBe('/Users/a/Library/Caches/docket');
  });

  test('can be set', () => {
    expect(cacheFolder('linux', { DOCKET_CACHE: '/data/cache', XDG_CACHE_HOME: '/x' }, '/home/a')).toBe('/data/cache');
  });
});

test('the exit code of a program ended by a signal is the one a shell would report', () => {
  expect(exitCode(3, null)).toBe(3);
  expect(exitCode(null, 'SIGINT')).toBe(130);
  expect(exitCode(null, 'SIGKILL')).toBe(137);
});
