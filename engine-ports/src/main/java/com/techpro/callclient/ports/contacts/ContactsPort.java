// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.contacts;

import java.io.IOException;
import java.util.List;

/**
 * The device's address book, read only. The engine calls it only while {@code PermissionPort} says
 * that contacts are granted (promise C3). Clauses, each tested by {@code ContactsPortContract}:
 *
 * <ul>
 *   <li><b>CON-1</b> {@link #contacts} returns every contact that has a number, in no particular
 *       order. It may block; the engine calls it on a worker.
 *   <li><b>CON-2</b> {@link #revision} changes whenever {@link #contacts} would return something
 *       different. It is cheap and does not block.
 *   <li><b>CON-3</b> If the address book cannot be read, {@link #contacts} throws
 *       {@link IOException}. It leaves out an entry that it cannot parse and returns the others.
 *   <li><b>CON-4</b> Methods may be called from any thread.
 * </ul>
 */
public interface ContactsPort {
    List<Contact> contacts() throws IOException;

    long revision();
}
