// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.storage;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Named values, encrypted at rest (promises S1, S2). Clauses, each tested by {@code SecureStoreContract}:
 *
 * <ul>
 *   <li><b>STO-1</b> What was written is what is read, byte for byte, also after the process ended; a name never written, or written
 *       with null, reads as null.
 *   <li><b>STO-2</b> {@link #write} is atomic over all its names and durable when it returns: after a crash at any moment either all of
 *       it or nothing of it is there. The same holds after a write that threw; reading tells which.
 *   <li><b>STO-3</b> Nothing that was written, nor a name, can be found in what the store leaves on the device except encrypted.
 *   <li><b>STO-4</b> What was changed or taken away from outside, or put back from an older copy,
 *       is a {@link SecureStoreException}, and the bytes on the device stay as they are: no method
 *       but {@link #erase} ever destroys what it cannot read. An older copy is {@code ROLLED_BACK}.
 *       All else, and a copy from before an erasure, is what tells most of {@code CORRUPT}, {@code
 *       KEY_MISSING}, {@code WRONG_PASSPHRASE}, {@code TOO_NEW} and that. To know an older copy, a
 *       store needs something outside its files, such as a counter in the keyring.
 *   <li><b>STO-5</b> A locked platform, a full disk, the store open in another process or a second time in this one: each is its own
 *       {@link SecureStoreException.Reason}; the store can be used again once that is over. A locked platform is reported, and not waited
 *       for.
 *   <li><b>STO-6</b> {@link #erase} removes values and keys, works on a locked or damaged store too as far as the platform lets it, and
 *       returns normally only after it has looked that nothing is left. An erased store is an empty one. One that could not be erased to
 *       the end does not show its values again; erasing goes on when it is next used.
 *   <li><b>STO-7</b> Methods may block, for hundreds of milliseconds; the engine calls them on a worker. They may be called from any
 *       thread, and take effect one after the other.
 *   <li><b>STO-8</b> Arrays are copied in and out; the caller may wipe its own.
 *   <li><b>STO-9</b> Names are 1 to 64 of {@code a-z0-9.-}; anything else is an {@link IllegalArgumentException}. Values may be up to 8 MiB
 *       together under at most 65,536 names; a write that would make it more is an {@link IllegalArgumentException} and changes nothing.
 *   <li><b>STO-10</b> {@link #close} lets another process have the store and wipes what keys it holds; afterwards methods throw
 *       {@link IllegalStateException}. Closing twice does nothing.
 * </ul>
 */
public interface SecureStorePort extends AutoCloseable {
    byte @Nullable [] read(String name) throws SecureStoreException;

    /** The names that have a value. */
    Set<String> names() throws SecureStoreException;

    /**
     * Replaces the values of these names and leaves the others.
     *
     * @param changes a null value removes the name
     */
    void write(Map<String, byte @Nullable []> changes) throws SecureStoreException;

    void erase() throws SecureStoreException;

    @Override
    void close();
}
