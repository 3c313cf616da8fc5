// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.people.People;

/** The directory, favourites and history in memory. All methods may be called from any thread. */
public final class FakePeople implements People {
    private final FakeDirectory directory;
    private final FakeFavorites favorites;
    private final FakeHistory history;

    FakePeople(FakeContext context) {
        this.favorites = new FakeFavorites(context);
        this.directory = new FakeDirectory(context, favorites);
        this.history = new FakeHistory(context);
    }

    @Override
    public FakeDirectory directory() {
        return directory;
    }

    @Override
    public FakeFavorites favorites() {
        return favorites;
    }

    @Override
    public FakeHistory history() {
        return history;
    }
}
