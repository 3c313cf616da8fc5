// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.internal.directory.PeopleIndex;
import com.techpro.callclient.engine.internal.favorites.FavoriteList;
import com.techpro.callclient.engine.internal.history.HistoryStore;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.Person;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The people the user knows: phone book, favourites and call history. */
final class DirectoryService {
    private final EngineLoop loop;
    private final Policy hostPolicy;
    private final PeopleIndex index;
    private final FavoriteList favorites;
    private final HistoryStore history;
    private final FavoriteLamps favoriteLamps;
    private List<Favorite> known = List.of();
    private @Nullable String region;

    DirectoryService(ClientContext client, @Nullable UserStore store) {
        CallClientConfig config = client.config();
        this.loop = client.loop();
        Policy policy = config.policy();
        this.hostPolicy = policy;
        Executor worker = client.oneWorker();
        // Apart, so that a slow phone system delays nothing that is to be saved.
        Executor networkWorker = client.oneNetworkWorker();
        this.index = new PeopleIndex(
                loop,
                worker,
                networkWorker,
                config.contacts(),
                client.permissions(),
                config.region(),
                policy.allows(Policy.Feature.CONTACTS));
        this.favorites = new FavoriteList(loop, worker, store, policy.allows(Policy.Feature.FAVORITES), snapshot -> {
            followFavorites(snapshot.favorites());
            client.listeners().tell(listener -> listener.favoritesChanged(snapshot));
        });
        this.favoriteLamps = new FavoriteLamps(favorites::lamps);
        this.history = new HistoryStore(
                loop,
                worker,
                networkWorker,
                store,
                policy,
                config.lab().random(),
                index::plan,
                snapshot -> client.listeners().tell(listener -> listener.historyChanged(snapshot)));
        loop.execute(() -> {
            favorites.start();
            history.start();
            index.start();
        });
    }

    private void followFavorites(List<Favorite> now) {
        if (!now.equals(known)) {
            known = now;
            index.favorites(persons(now));
            favoriteLamps.follow(now);
        }
    }

    /** Returns the country of the phone system, or null if it gives none; on the loop. */
    @Nullable
    String region() {
        return region;
    }

    FavoriteLamps favoriteLamps() {
        return favoriteLamps;
    }

    PeopleIndex index() {
        return index;
    }

    FavoriteList favorites() {
        return favorites;
    }

    HistoryStore history() {
        return history;
    }

    /**
     * Uses the data of a login. The policy is that of host and phone system combined; on the loop.
     */
    void loggedIn(Session session, Policy policy) {
        loop.assertOnLoop();
        boolean contacts = policy.allows(Policy.Feature.CONTACTS);
        region = session.profile().region();
        index.use(session.profile().region(), contacts ? session.directory() : null, contacts);
        favorites.allow(policy.allows(Policy.Feature.FAVORITES));
        history.use(session.callHistory(), policy);
    }

    /** Disconnects from the phone system because the client closes; on the loop. */
    void disconnect() {
        history.disconnect();
    }

    /**
     * Forgets the user's data after a logout; on the loop.
     *
     * @param withFavorites whether the favourites were erased as well
     */
    void forget(boolean withFavorites) {
        loop.assertOnLoop();
        if (withFavorites) {
            favorites.forget();
        }
        favorites.allow(hostPolicy.allows(Policy.Feature.FAVORITES));
        history.forget();
        index.forget(hostPolicy.allows(Policy.Feature.CONTACTS));
        index.favorites(persons(favorites.snapshot().favorites()));
        region = null;
    }

    /**
     * Retries reads and writes that failed, for example because the platform's key store was
     * locked; on the loop.
     */
    void retryStore() {
        favorites.retry();
        history.retry();
    }

    /** Runs the task once no store operation is pending. */
    void whenQuiet(Runnable task) {
        favorites.whenQuiet(() -> history.whenQuiet(task));
    }

    private static List<Person> persons(List<Favorite> favorites) {
        List<Person> persons = new ArrayList<>(favorites.size());
        for (Favorite favorite : favorites) {
            String name = favorite.name().isEmpty() ? favorite.number() : favorite.name();
            persons.add(new Person(Caller.Source.FAVORITE, name, null, List.of(favorite.number())));
        }
        return persons;
    }
}
