// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.permission.PermissionPort;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/** What the user allows, which changes when the test says so. The engine must not ask the user for anything by itself. */
final class TestPermissions implements PermissionPort {
    private final Set<Permission> granted = EnumSet.allOf(Permission.class);

    void deny(Permission permission) {
        granted.remove(permission);
    }

    void grant(Permission permission) {
        granted.add(permission);
    }

    @Override
    public boolean granted(Permission permission) {
        return granted.contains(permission);
    }

    @Override
    public void request(Permission permission, Consumer<Boolean> answer) {
        throw new AssertionError("only the host asks the user");
    }
}
