// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

/** The state of an account's registration: whether the phone system can reach it. */
public enum RegistrationState {
    /** The account is registering, for the first time or again. */
    REGISTERING,
    /** The phone system knows where to send calls. */
    REGISTERED,
    /** Registering failed; the engine tries again by itself, see {@link RegistrationSnapshot#retryIn}. */
    WAITING,
    /** Registering failed, and trying again would do harm or no good: the user has to act. */
    FAILED,
    UNREGISTERING,
    /** The account is unregistered, by {@link Account#remove} or {@link CallClient#shutdown}. */
    UNREGISTERED
}
