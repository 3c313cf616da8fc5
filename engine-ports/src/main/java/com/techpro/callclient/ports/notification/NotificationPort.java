// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.notification;

import java.util.Set;

/**
 * Shows the platform's notifications to the user (promise U7). The engine checks the permission
 * before each {@link #show}. Clauses, each tested by {@code NotificationPortContract}:
 *
 * <ul>
 *   <li><b>NTF-1</b> {@link #show} replaces the notice of the same id if it is still shown. There
 *       is never a second one.
 *   <li><b>NTF-2</b> {@link #withdraw} removes a notice. Doing so for one that is not shown, or
 *       that the user swiped away, is no error.
 *   <li><b>NTF-3</b> A platform that refuses a notice shows nothing and throws nothing.
 *   <li><b>NTF-4</b> A withdrawn notice is gone from the platform: no list of earlier notices keeps
 *       a name or a number.
 *   <li><b>NTF-5</b> Methods return without waiting for the user. The engine calls one at a time,
 *       in order, on the callbacks' executor.
 *   <li><b>NTF-6</b> {@link #shownIds} returns the ids of the notices that the user still sees, and
 *       no others of the app's notifications. If the platform keeps them, it includes those of an
 *       earlier process of the app. Withdrawn and refused notices are not among them.
 *   <li><b>NTF-7</b> {@link #rings} always returns the same value.
 *   <li><b>NTF-8</b> {@link #silence} removes no notice. Doing so for one that is not shown, or
 *       does not ring, is no error.
 * </ul>
 */
public interface NotificationPort {
    void show(Notice notice);

    void withdraw(String id);

    Set<String> shownIds();

    /**
     * Returns whether the platform rings while the notice of an incoming call is shown. If so, the
     * engine does not.
     */
    default boolean rings() {
        return false;
    }

    /**
     * Stops the platform's ring, sound or vibration, for the notice of an incoming call. The notice
     * stays.
     */
    default void silence(String id) {}
}
