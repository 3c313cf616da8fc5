// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.update;

import java.util.function.Consumer;

/**
 * Asks the publisher of the app whether there is a newer version (promise T2). Off unless the host gives one. Clauses, each tested by {@code
 * UpdatePortContract}:
 *
 * <ul>
 *   <li><b>UPD-1</b> {@link #check} answers exactly once, on any thread, never inside the call.
 *   <li><b>UPD-2</b> The request says nothing about the user or the device: no cookie, no identifier, not the version in use.
 *   <li><b>UPD-3</b> What is not signed by the publisher's key, changed by one bit, or signed by another is {@link
 *       UpdateAnswer.Problem#BAD_SIGNATURE}; nothing of it is interpreted.
 *   <li><b>UPD-4</b> {@link UpdateAnswer.Newer} names a version above the one in use; the same and older ones are {@link
 *       UpdateAnswer.UpToDate}: an old signed feed cannot talk anybody back.
 *   <li><b>UPD-5</b> What does not answer ends by itself as {@link UpdateAnswer.Problem#UNREACHABLE}, within half a minute.
 * </ul>
 */
public interface UpdatePort {
    /** @param version in use, numbers with dots between; it stays on the device */
    void check(String version, Consumer<UpdateAnswer> answer);
}
