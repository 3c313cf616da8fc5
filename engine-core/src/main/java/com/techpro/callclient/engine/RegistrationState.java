// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

/** Whether the phone system can reach this account. */
public enum RegistrationState {
    /** On the way, for the first time or again. */
    REGISTERING,
    /** The phone system knows where to send calls. */
    REGISTERED,
    /** It did not work; the engine tries again by itself, see {@link RegistrationSnapshot#retryIn}. */
    WAITING,
    /** It did not work, and trying again would do harm or no good: the user has to act. */
    FAILED,
    UNREGISTERING,
    /** Taken back, by {@link Account#remove} or {@link CallClient#shutdown}. */
    UNREGISTERED
}
