// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.internal.directory.PhoneBook;
import com.techpro.callclient.engine.internal.lock.Lock;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Who can be called and who is calling: the device's contacts as long as the user permits them to be read (promise C3), the phone system's
 * own directory, and the favourites. Methods may be called from any thread; answers come on the callbacks' executor. While the app is
 * locked they throw {@link LockedException}.
 */
public final class Directory {
    private final EngineLoop loop;
    private final PhoneBook book;
    private final Executor callbacks;
    private final Lock lock;

    Directory(EngineLoop loop, PhoneBook book, Executor callbacks, Lock lock) {
        this.loop = loop;
        this.book = book;
        this.callbacks = callbacks;
        this.lock = lock;
    }

    /** Who is behind a number or extension, for a line of the history; {@link Caller.Source#NUMBER} if nobody is known. */
    public CompletionStage<Caller> lookUp(String number) {
        lock.requireOpen();
        CompletableFuture<Caller> answer = new CompletableFuture<>();
        loop.execute(() -> {
            Caller caller = book.resolve(new PartyIdentity(null, number, ""), "");
            callbacks.execute(() -> answer.complete(caller));
        });
        return answer;
    }

    /**
     * People whose names have words that begin with the words given, or whose numbers hold the digits given; favourites first.
     *
     * @param limit how many at most
     */
    public CompletionStage<List<Person>> search(String text, int limit) {
        lock.requireOpen();
        CompletableFuture<List<Person>> answer = new CompletableFuture<>();
        loop.execute(() -> {
            List<Person> found = List.copyOf(book.search(text, limit));
            callbacks.execute(() -> answer.complete(found));
        });
        return answer;
    }

    /** Reads the phone system's directory again, and contacts that changed. */
    public void refresh() {
        lock.requireOpen();
        loop.execute(book::refresh);
    }
}
