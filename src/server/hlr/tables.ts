export interface HlrTables {
  hlrSubscribers: {
    imsi: string;
    /** Digits of the E.164 number, without the plus sign. */
    msisdn: string | null;
    iccid: string | null;
    csEnabled: boolean;
    psEnabled: boolean;
    createdAt: Date;
    changedAt: Date;
  };
}
