// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio;

/** Hears of the loss and return of a stream's device, on a thread of the port. */
public interface AudioStreamListener {
    /** The device is gone for now (AUD-4). */
    void interrupted(String reason);

    /** Sound flows again. */
    void restored();
}
