// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

/** The services that account handles delegate to. */
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
