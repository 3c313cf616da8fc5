// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.permission.PermissionPort;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The user's permissions, which the test changes. All are granted at first. */
public final class FakePermissions implements PermissionPort {
    private final @Nullable Executor executor;
    private final Set<Permission> granted = EnumSet.allOf(Permission.class);
    private final Set<Permission> forGood = EnumSet.noneOf(Permission.class);
    private final Set<Permission> unknown = EnumSet.noneOf(Permission.class);
    private final List<String> reasons = new ArrayList<>();
    private boolean yes;

    /**
     * Without a user: a {@link #request} throws an {@link AssertionError}, because only the host
     * app asks the user.
     */
    public FakePermissions() {
        this.executor = null;
    }

    /** @param executor runs the answers, one task at a time */
    public FakePermissions(Executor executor) {
        this.executor = executor;
    }

    public synchronized FakePermissions grant(Permission permission) {
        forGood.remove(permission);
        granted.add(permission);
        return this;
    }

    public synchronized FakePermissions deny(Permission permission) {
        granted.remove(permission);
        return this;
    }

    /** The user denies it and does not want to be asked again. */
    public synchronized FakePermissions denyForGood(Permission permission) {
        forGood.add(permission);
        return deny(permission);
    }

    /** This platform has no such permission. */
    public synchronized FakePermissions withoutKnowing(Permission permission) {
        unknown.add(permission);
        return this;
    }

    /** Sets the user's answer from now on. */
    public synchronized void willAnswer(boolean choice) {
        yes = choice;
    }

    /** Returns the reason keys of all prompts shown, in order. */
    public synchronized List<String> reasonsShown() {
        return List.copyOf(reasons);
    }

    @Override
    public synchronized boolean granted(Permission permission) {
        return unknown.contains(permission) || granted.contains(permission);
    }

    @Override
    public synchronized void request(Permission permission, Consumer<Boolean> answer) {
        if (executor == null) {
            throw new AssertionError("only the host asks the user");
        }
        if (!granted(permission) && !forGood.contains(permission)) {
            reasons.add(permission.reasonKey());
            if (yes) {
                granted.add(permission);
            }
        }
        boolean now = granted(permission);
        executor.execute(() -> answer.accept(now));
    }
}
