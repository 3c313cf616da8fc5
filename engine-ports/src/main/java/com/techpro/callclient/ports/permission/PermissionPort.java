// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.permission;

import java.util.function.Consumer;

/**
 * The permissions that the user granted to the app. Clauses, each tested by
 * {@code PermissionPortContract}:
 *
 * <ul>
 *   <li><b>PRM-1</b> {@link #granted} returns the current state, not the one at the start of the
 *       app: the engine checks at each use (promise R2). It does not block and shows nothing to the
 *       user.
 *   <li><b>PRM-2</b> {@link #request} may show the platform's prompt. The answer comes exactly
 *       once, on any thread, never inside the call. If the permission is granted, or was denied for
 *       good, the answer comes without a prompt.
 *   <li><b>PRM-3</b> A permission that this platform does not have counts as granted.
 *   <li><b>PRM-4</b> Methods may be called from any thread.
 *   <li><b>PRM-5</b> If the platform lets an app explain why it asks, the prompt shows the text of
 *       {@link Permission#reasonKey}.
 * </ul>
 */
public interface PermissionPort {
    boolean granted(Permission permission);

    /** @param answer true if it is granted now */
    void request(Permission permission, Consumer<Boolean> answer);
}
