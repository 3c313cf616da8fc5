// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.permission.PermissionPort;
import com.techpro.callclient.stack.log.Loggers;
import java.util.function.Consumer;

/** The host's permissions. A permission counts as not granted if the platform throws. */
public final class GuardedPermissions implements PermissionPort {
    private final PermissionPort port;

    public GuardedPermissions(PermissionPort port) {
        this.port = port;
    }

    @Override
    public boolean granted(Permission permission) {
        try {
            return port.granted(permission);
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
            return false;
        }
    }

    @Override
    public void request(Permission permission, Consumer<Boolean> answer) {
        port.request(permission, answer);
    }
}
