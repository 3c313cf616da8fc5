// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.permission;

import java.util.function.Consumer;

/**
 * What the user has allowed. Clauses, each tested by {@code PermissionPortContract}:
 *
 * <ul>
 *   <li><b>PRM-1</b> {@link #granted} answers as things are now, not as they were when the app started: the engine asks at each use
 *       (promise R2). It does not block and shows nothing to the user.
 *   <li><b>PRM-2</b> {@link #request} may show the platform's question; the answer comes exactly once, on any thread, never inside the call.
 *       What is granted, or was denied for good, is answered without a question.
 *   <li><b>PRM-3</b> A permission that this platform does not know is granted.
 *   <li><b>PRM-4</b> Methods may be called from any thread.
 *   <li><b>PRM-5</b> Where the platform lets an app say why it asks, the question says the text of {@link Permission#reasonKey}.
 * </ul>
 */
public interface PermissionPort {
    boolean granted(Permission permission);

    /** @param answer true if it is granted now */
    void request(Permission permission, Consumer<Boolean> answer);
}
