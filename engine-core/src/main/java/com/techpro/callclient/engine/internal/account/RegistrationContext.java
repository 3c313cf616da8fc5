// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.loop.PendingAnswers;
import java.util.Random;

/** What all registrations of one client share. */
public record RegistrationContext(EngineLoop loop, Random random, InstanceId instance, PendingAnswers answers) {}
