// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.update;

import java.util.function.Consumer;

/**
 * Asks the publisher of the app whether there is a newer version (promise T2). The check is off
 * unless the host provides this port. Clauses, each tested by {@code UpdatePortContract}:
 *
 * <ul>
 *   <li><b>UPD-1</b> {@link #check} answers exactly once, on any thread, never inside the call.
 *   <li><b>UPD-2</b> The request says nothing about the user or the device: no cookie, no
 *       identifier, not the version in use.
 *   <li><b>UPD-3</b> A document that is not signed by the publisher's key, was changed by one bit,
 *       or is signed by another key gives {@link UpdateAnswer.Problem#BAD_SIGNATURE}. None of its
 *       content is interpreted.
 *   <li><b>UPD-4</b> {@link UpdateAnswer.Newer} names a version above the one in use. The same or
 *       an older one gives {@link UpdateAnswer.UpToDate}, so an old signed feed cannot cause a
 *       downgrade.
 *   <li><b>UPD-5</b> A check without an answer ends by itself as
 *       {@link UpdateAnswer.Problem#UNREACHABLE}, within half a minute.
 * </ul>
 */
public interface UpdatePort {
    /** @param version the version in use, numbers separated by dots; it stays on the device */
    void check(String version, Consumer<UpdateAnswer> answer);
}
