// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.internal.call.CallObserver;
import com.techpro.callclient.engine.internal.directory.PhoneBook;
import com.techpro.callclient.engine.internal.favorites.FavoriteList;
import com.techpro.callclient.engine.internal.history.HistoryBook;
import com.techpro.callclient.engine.internal.lock.Lock;
import com.techpro.callclient.engine.internal.loop.Answers;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.loop.SerialExecutor;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.people.Directory;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.Favorites;
import com.techpro.callclient.engine.people.History;
import com.techpro.callclient.engine.people.Person;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Whom the user knows: the phone book and the favourites that it knows of. */
public final class People {
    private final EngineLoop loop;
    private final Policy hostPolicy;
    private final PhoneBook book;
    private final FavoriteList favorites;
    private final HistoryBook history;
    private final Directory directory;
    private final Favorites favoritesForHost;
    private final History historyForHost;

    public People(
            CallClientConfig config,
            EngineLoop loop,
            Executor workers,
            Executor callbacks,
            Answers answers,
            @Nullable UserStore store,
            Lock lock) {
        this.loop = loop;
        Policy policy = config.policy();
        this.hostPolicy = policy;
        Executor worker = new SerialExecutor(workers, config.failures());
        this.book = new PhoneBook(
                loop,
                worker,
                config.contacts(),
                config.permissions(),
                config.region(),
                policy.allows(Policy.Feature.CONTACTS));
        this.favorites = new FavoriteList(loop, worker, store, policy.allows(Policy.Feature.FAVORITES), snapshot -> {
            book.favorites(persons(snapshot.favorites()));
            callbacks.execute(() -> config.listener().favoritesChanged(snapshot));
        });
        this.history = new HistoryBook(
                loop,
                worker,
                store,
                policy,
                config.random(),
                book::plan,
                snapshot -> callbacks.execute(() -> config.listener().historyChanged(snapshot)));
        this.historyForHost = new History(loop, history, lock);
        this.directory = new Directory(loop, book, answers, lock);
        this.favoritesForHost = new Favorites(loop, favorites, answers, lock);
        loop.execute(() -> {
            favorites.start();
            history.start();
            book.start();
        });
    }

    public PhoneBook book() {
        return book;
    }

    public Directory directory() {
        return directory;
    }

    public Favorites favorites() {
        return favoritesForHost;
    }

    public History history() {
        return historyForHost;
    }

    /** For who records stays in conference rooms (promise C7). */
    public HistoryBook historyBook() {
        return history;
    }

    /** The phone book first: the others hear of callers that are known. */
    public List<CallObserver> observers() {
        return List.of(book, history);
    }

    /** The user logged in, and the policy is that of host and phone system together; on the loop. */
    public void loggedIn(Session session, Policy policy) {
        loop.assertOnLoop();
        boolean contacts = policy.allows(Policy.Feature.CONTACTS);
        book.use(session.profile().region(), contacts ? session.directory() : null, contacts);
        favorites.allow(policy.allows(Policy.Feature.FAVORITES));
        history.use(session.callHistory(), policy);
    }

    /** The client closes; on the loop. */
    public void disconnect() {
        history.disconnect();
    }

    /**
     * The user logged out; on the loop.
     *
     * @param withFavorites whether they were erased as well
     */
    public void forget(boolean withFavorites) {
        loop.assertOnLoop();
        if (withFavorites) {
            favorites.forget();
        }
        favorites.allow(hostPolicy.allows(Policy.Feature.FAVORITES));
        history.forget();
        book.forget(hostPolicy.allows(Policy.Feature.CONTACTS));
        book.favorites(persons(favorites.snapshot().favorites()));
    }

    /** Reads or writes again what could not be, for example because the platform's key store was locked; on the loop. */
    public void retryStore() {
        favorites.retry();
        history.retry();
    }

    /** Runs the task once nothing is under way to the store. */
    public void whenQuiet(Runnable task) {
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
