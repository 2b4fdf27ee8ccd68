import { LoadingRows } from '../../components/LoadingRows.tsx';
import { useEnrolment } from '../../work/use-work.ts';
import { Enrolled } from './Enrolled.tsx';
import { NotEnrolled } from './NotEnrolled.tsx';
import { OwnPin } from './OwnPin.tsx';
import { WaitingCode } from './WaitingCode.tsx';
import { Withdrawn } from './Withdrawn.tsx';

/** Whether this very desk can work without a line, and how it comes to that. */
export function ThisDesk() {
  const enrolment = useEnrolment();
  switch (enrolment?.state) {
    case undefined:
      return <LoadingRows rows={3} />;
    case 'none':
      return <NotEnrolled />;
    case 'waiting':
      return <WaitingCode code={enrolment.code} expiresAt={enrolment.expiresAt} />;
    case 'enrolled':
      return (
        <>
          <Enrolled desk={enrolment.desk} />
          <OwnPin />
        </>
      );
    case 'revoked':
      return <Withdrawn desk={enrolment.desk} />;
  }
}
