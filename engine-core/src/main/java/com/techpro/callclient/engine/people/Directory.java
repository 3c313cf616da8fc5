// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.lock.LockedException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Who can be called and who is calling: the device's contacts as long as the user permits them to be read (promise C3), the phone system's
 * own directory, and the favourites. Methods may be called from any thread; answers come on the callbacks' executor, never exceptionally, and
 * are not to be waited for inside a callback: see {@link com.techpro.callclient.engine.CallClient}. While the app is locked they throw
 * {@link LockedException}.
 */
public interface Directory {
    /** Who is behind a number or extension, for a line of the history; {@link Caller.Source#NUMBER} if nobody is known. */
    CompletionStage<Caller> lookUp(String number);

    /**
     * People whose names have words that begin with the words given, or whose numbers hold the digits given; favourites first.
     *
     * @param limit how many at most
     */
    CompletionStage<List<Person>> search(String text, int limit);

    /** Reads the phone system's directory again, and contacts that changed. */
    void refresh();
}
