import { bridge } from '../platform/bridge.ts';
import { createSettingsForm } from './settings-form.ts';

/** The settings form. It outlives the page, so that typed values are still there on return. */
export const settingsForm = createSettingsForm(bridge);
