// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

import com.techpro.callclient.engine.privacy.StorageStatus;

/**
 * Whether calls ring here, at one moment.
 *
 * @param storage whether that will be remembered; OFF where the organisation does not permit it
 */
public record DoNotDisturbSnapshot(boolean on, StorageStatus storage) {}
