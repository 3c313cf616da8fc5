// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.notification;

import java.util.Set;

/**
 * Tells the user things by the platform's means (promise U7). The engine asks for the permission at each {@link #show}. Clauses, each tested
 * by {@code NotificationPortContract}:
 *
 * <ul>
 *   <li><b>NTF-1</b> {@link #show} replaces the notice of the same id, if it is still shown; there is never a second one.
 *   <li><b>NTF-2</b> {@link #withdraw} takes a notice away; one that is not shown, or was swiped away by the user, is no error.
 *   <li><b>NTF-3</b> A platform that refuses shows nothing and throws nothing.
 *   <li><b>NTF-4</b> What is shown is gone from the platform once it is withdrawn: no list of earlier notices keeps a name or a number.
 *   <li><b>NTF-5</b> Methods return without waiting for the user. The engine calls one at a time, in order, on the callbacks' executor.
 *   <li><b>NTF-6</b> {@link #shownIds} has the ids of the notices that the user still sees, also those of an earlier process of the app where the
 *       platform keeps them, and of nothing else that the app tells. What was withdrawn or refused is not among them.
 *   <li><b>NTF-7</b> {@link #rings} gives the same answer each time.
 *   <li><b>NTF-8</b> {@link #silence} takes no notice away; of one that is not shown, or does not ring, it is no error.
 * </ul>
 */
public interface NotificationPort {
    void show(Notice notice);

    void withdraw(String id);

    Set<String> shownIds();

    /** Whether the platform rings while the notice of an incoming call is shown. Then the engine does not. */
    default boolean rings() {
        return false;
    }

    /** The ring that the platform plays for the notice of an incoming call ends, be it sound or vibration; the notice stays. */
    default void silence(String id) {}
}
