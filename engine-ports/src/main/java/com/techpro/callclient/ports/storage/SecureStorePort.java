// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.storage;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Named values, encrypted at rest (promises S1, S2). Clauses, each tested by
 * {@code SecureStoreContract}:
 *
 * <ul>
 *   <li><b>STO-1</b> {@link #read} returns the written bytes unchanged, also after the process
 *       ended. It returns null for a name that was never written, or was written with null.
 *   <li><b>STO-2</b> {@link #write} is atomic over all its names and durable when it returns: after
 *       a crash at any moment, all of it or nothing is stored. The same holds after a write that
 *       threw; reading tells which.
 *   <li><b>STO-3</b> The store leaves values and names on the device only in encrypted form. No two
 *       writes of a value look alike.
 *   <li><b>STO-4</b> If data was changed, removed or replaced by an older copy from outside,
 *       methods throw {@link SecureStoreException} and leave the bytes on the device as they are.
 *       Only {@link #erase} ever destroys what it cannot read. For an older copy the reason is
 *       {@code ROLLED_BACK}. Otherwise, and for a copy from before an erasure, it is the most
 *       informative of {@code CORRUPT}, {@code KEY_MISSING}, {@code WRONG_PASSPHRASE},
 *       {@code TOO_NEW} and {@code ROLLED_BACK}. To recognise an older copy, a store needs
 *       something outside its files, such as a counter in the keyring.
 *   <li><b>STO-5</b> A locked platform, a full disk, and a store that is already open in another
 *       process or in this one each have their own {@link SecureStoreException.Reason}. The store
 *       works again once that is over. It reports a locked platform at once and does not wait for
 *       it.
 *   <li><b>STO-6</b> {@link #erase} removes values and keys. It works on a locked or damaged store
 *       too, as far as the platform permits, and returns normally only after it has verified that
 *       nothing is left. An erased store is empty. A store that could not be erased completely does
 *       not return its values again; its next use continues the erasure.
 *   <li><b>STO-7</b> Methods may block for hundreds of milliseconds; the engine calls them on a
 *       worker. They may be called from any thread, and take effect one after the other.
 *   <li><b>STO-8</b> Arrays are copied in and out; the caller may wipe its own.
 *   <li><b>STO-9</b> Names are 1 to 64 of {@code a-z0-9.-}; any other throws
 *       {@link IllegalArgumentException}. All values together have at most 8 MiB, under at most
 *       65,536 names. A write beyond that throws {@link IllegalArgumentException} and changes
 *       nothing.
 *   <li><b>STO-10</b> {@link #close} releases the store for other processes and wipes the keys it
 *       holds. Afterwards methods throw {@link IllegalStateException}. Closing twice does nothing.
 * </ul>
 */
public interface SecureStorePort extends AutoCloseable {
    byte @Nullable [] read(String name) throws SecureStoreException;

    /** Returns the names that have a value. */
    Set<String> names() throws SecureStoreException;

    /**
     * Writes the values of these names; all others stay as they are.
     *
     * @param changes a null value removes the name
     */
    void write(Map<String, byte @Nullable []> changes) throws SecureStoreException;

    void erase() throws SecureStoreException;

    @Override
    void close();
}
