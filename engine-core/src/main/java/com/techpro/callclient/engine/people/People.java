// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

/** The people whom the user knows or calls. Methods may be called from any thread. */
public interface People {
    /** The directory of contacts: whom the user can call, and the names of callers. */
    Directory directory();

    /** The user's favourites. */
    Favorites favorites();

    /** The call history. */
    History history();
}
