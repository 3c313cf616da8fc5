// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.contacts;

import java.io.IOException;
import java.util.List;

/**
 * The device's address book, read only. The engine calls it only while {@code PermissionPort} says that contacts are granted (promise C3).
 * Clauses, each tested by {@code ContactsPortContract}:
 *
 * <ul>
 *   <li><b>CON-1</b> {@link #contacts} gives every contact that has a number, in no particular order. It may block; the engine calls it on a
 *       worker.
 *   <li><b>CON-2</b> {@link #revision} changes whenever {@link #contacts} would answer differently; it is cheap and does not block.
 *   <li><b>CON-3</b> An address book that cannot be read is an {@link IOException}; an entry that cannot be understood is left out, and the
 *       others are given.
 *   <li><b>CON-4</b> Methods may be called from any thread.
 * </ul>
 */
public interface ContactsPort {
    List<Contact> contacts() throws IOException;

    long revision();
}
