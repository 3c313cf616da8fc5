// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio;

/** A device could not be opened. */
public final class AudioUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    public AudioUnavailableException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public AudioUnavailableException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why the device could not be opened. */
    public enum Reason {
        /** No device with that id, or none at all. */
        NO_SUCH_DEVICE,
        /** Another program uses the device. */
        BUSY,
        /** The system or the user forbids it. */
        NOT_PERMITTED,
        /** The device does not support the format, not even by conversion. */
        UNSUPPORTED_FORMAT,
        FAILED
    }
}
