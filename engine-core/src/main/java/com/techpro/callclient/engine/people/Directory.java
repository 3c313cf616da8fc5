// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.lock.LockedException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Finds people to call and identifies callers. It searches the device's contacts while the user
 * permits reading them (promise C3), the phone system's own directory, and the favourites. Methods
 * may be called from any thread. Answers arrive on the callbacks' executor, never exceptionally; do
 * not wait for them inside a callback: see {@link com.techpro.callclient.engine.CallClient}. While
 * the app is locked, methods throw {@link LockedException}.
 */
public interface Directory {
    /**
     * Looks up the person with a number or extension, for example for a line of the history. The
     * source is {@link Caller.Source#NUMBER} if nobody is known.
     */
    CompletionStage<Caller> lookUp(String number);

    /**
     * Finds people whose names have words that begin with the given words, or whose numbers contain
     * the given digits; favourites first.
     *
     * @param limit the maximum number of people
     */
    CompletionStage<List<Person>> search(String text, int limit);

    /**
     * Reads the phone system's directory again, and contacts that changed.
     *
     * @return done when the phone system's directory was read, or if it has none; refused as
     *     {@link CommandRefusal#OTHER_SIDE_UNREACHABLE} if it cannot be read. Contacts may follow
     */
    CompletionStage<CommandOutcome> refresh();
}
