// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

/** What the accounts of a client ask for what the host wants of them. */
record AccountServices(
        ClientContext client,
        Gate gate,
        CallRegistry registry,
        OutgoingCalls calls,
        CurrentState current,
        ConferenceService conferences,
        LampService lamps,
        PublicationService publications,
        MessageService messages) {}
