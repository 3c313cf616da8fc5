// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

import com.techpro.callclient.engine.privacy.StorageStatus;

/**
 * Do-not-disturb at one moment.
 *
 * @param storage whether the setting is stored; OFF if the organisation does not permit
 *     do-not-disturb
 */
public record DoNotDisturbSnapshot(boolean on, StorageStatus storage) {}
