// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.directory.PhoneBook;
import com.techpro.callclient.engine.internal.lock.Lock;
import com.techpro.callclient.engine.internal.loop.Answers;
import com.techpro.callclient.engine.internal.loop.Answers.Answer;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.lock.LockedException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Who can be called and who is calling: the device's contacts as long as the user permits them to be read (promise C3), the phone system's
 * own directory, and the favourites. Methods may be called from any thread; answers come on the callbacks' executor. While the app is
 * locked they throw {@link LockedException}.
 */
public final class Directory {
    private final EngineLoop loop;
    private final PhoneBook book;
    private final Answers answers;
    private final Lock lock;

    public Directory(EngineLoop loop, PhoneBook book, Answers answers, Lock lock) {
        this.loop = loop;
        this.book = book;
        this.answers = answers;
        this.lock = lock;
    }

    /** Who is behind a number or extension, for a line of the history; {@link Caller.Source#NUMBER} if nobody is known. */
    public CompletionStage<Caller> lookUp(String number) {
        lock.requireOpen();
        PartyIdentity party = new PartyIdentity(null, number, "");
        Answer<Caller> answer = answers.open(Caller.of(party));
        loop.execute(() -> answer.tell(book.resolve(party, "")));
        return answer.stage();
    }

    /**
     * People whose names have words that begin with the words given, or whose numbers hold the digits given; favourites first.
     *
     * @param limit how many at most
     */
    public CompletionStage<List<Person>> search(String text, int limit) {
        lock.requireOpen();
        Answer<List<Person>> answer = answers.open(List.of());
        loop.execute(() -> answer.tell(List.copyOf(book.search(text, limit))));
        return answer.stage();
    }

    /** Reads the phone system's directory again, and contacts that changed. */
    public void refresh() {
        lock.requireOpen();
        loop.execute(book::refresh);
    }
}
