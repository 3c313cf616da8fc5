// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio;

/** Receives the loss and return of a stream's device, on a thread of the port. */
public interface AudioStreamListener {
    /** The device was lost (AUD-4). */
    void interrupted(String reason);

    /** The device was reopened; sound flows again. */
    void restored();
}
