import { ok } from '../../../shared/result.ts';
import type { settingsRoutes } from '../../../shared/routes/settings.ts';
import type { Docket } from '../../compose.ts';
import { listModels } from '../../llm/list-models.ts';
import { discoverServers } from '../../settings/discover.ts';
import { testConnection } from '../../settings/test-connection.ts';
import type { Desktop } from '../desktop.ts';
import type { HandlersOf } from '../router.ts';

export function createSettingsHandlers(
  { settings, languages, connections, gateway, audit }: Docket,
  desktop: Desktop,
): HandlersOf<typeof settingsRoutes> {
  const useConnection = async <T>(
    use: (connection: ReturnType<typeof connections.lease>['connection']) => Promise<T>,
  ): Promise<T> => {
    const lease = connections.lease();
    try {
      return await use(lease.connection);
    } finally {
      lease.release();
    }
  };

  return {
    'settings.get': async () => ok(settings.view()),
    'settings.save': async (next) => ok(await settings.save(next)),
    'settings.setKey': ({ key, allowWeak }) => settings.setKey(key, allowWeak),
    'settings.clearKey': async () => ok(await settings.clearKey()),
    'settings.models': () =>
      useConnection(async (connection) => {
        const models = await listModels(audit, connection);
        if (models.ok) gateway.tryNow(connection.settings.provider.host);
        return models;
      }),
    'settings.discover': async () => ok(await discoverServers()),
    'settings.languages': async () => ok(await languages.list()),
    'settings.pickLanguageFolder': async () => {
      const [folder] = (await desktop.pickPaths('folder')) ?? [];
      return ok(folder === undefined ? null : await languages.lookIn(folder));
    },
    'settings.forgetLanguageFolder': async () => ok(await languages.lookIn(null)),
    'settings.test': async () =>
      ok(
        await useConnection((connection) =>
          testConnection(audit, gateway, connection, settings.provider().model, new AbortController().signal),
        ),
      ),
  };
}
