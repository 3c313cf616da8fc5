// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.engine.people.Favorite;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An app that adds favourites to its vault and then renames them over and over, so that it writes all the time; to be killed. */
final class ChildWriter {
    /** What it says once it does. */
    static final String WRITING = "writing";

    private static final int FAVORITES = 100;

    private ChildWriter() {}

    /** @param arguments where the vault is */
    public static void main(String[] arguments) throws Exception {
        try (StoredApp app = StoredApp.start(Path.of(arguments[0]), null)) {
            System.out.println(WRITING);
            for (int number = app.favorites(); ; number++) {
                app.client()
                        .people()
                        .favorites()
                        .add(new Favorite(Integer.toString(number % FAVORITES + 1), "F" + number))
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }
}
